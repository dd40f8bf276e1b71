"""Does the fitted model make worlds like the one it was given, and stay calm where nothing is?"""
