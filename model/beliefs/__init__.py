"""Another prior or other evidence, answered by reweighting."""
