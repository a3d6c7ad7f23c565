"""
Engine -> HTTP: the API for other applications and the web pages for people.

`app.create_app` makes the application; nothing is imported here, since the command line
prints the shapes of `schemas` without loading a web framework.
"""
