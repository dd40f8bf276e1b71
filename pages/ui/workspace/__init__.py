"""The part of the Assumptions page that holds sets that stay."""
