"""Runs the page that the menu chose. Every page draws what it needs itself."""

from pages.ui.frame.menu import menu

menu().run()
