"""Long work beside the page: a fit, the pulls."""
