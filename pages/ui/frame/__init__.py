"""What every page shares: menu, opening, controls, panels, downloads."""
