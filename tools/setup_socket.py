"""The connection between a page and its kernels, without the wait for the page's acknowledgements."""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Send each message at once.

    A kernel answers a slider with several small messages. By default the system keeps the second
    until the page has acknowledged the first, for which a page may take 40 ms.
    """

    def connect(self) -> Any:
        """Connect the page to its kernel."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()
