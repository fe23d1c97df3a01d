"""Where the course is opened besides JupyterLab: Binder, Colab, a static site, slides, paper."""
