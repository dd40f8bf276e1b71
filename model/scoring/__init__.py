"""Is the model right about itself, and was it right about the world: calibration and scores."""
