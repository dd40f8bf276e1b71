"""A set of assumptions in words: how it is answered, what is believed, its story."""
