"""The dashboard: to the server what it serves, to a visit the page that the menu chose."""

if __name__ == "__main__":
    from pages.ui.frame.menu import menu

    menu().run()  # every page draws what it needs itself
else:
    from streamlit.starlette import App

    from pages.ui.server import site

    site.check_login()
    app = App(__file__, middleware=site.MIDDLEWARE, on_script_error=site.tell_refusal)
