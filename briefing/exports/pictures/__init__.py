"""Exhibits as PNG, SVG, PDF."""
