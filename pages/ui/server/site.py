"""What stands around Streamlit's own answers: middleware, the outermost first."""

from starlette.middleware import Middleware

from pages.ui.server.heads import Heads

MIDDLEWARE = (Middleware(Heads),)
