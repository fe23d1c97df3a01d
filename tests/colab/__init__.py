"""The trial on Colab's versions, which run in an environment of their own."""
