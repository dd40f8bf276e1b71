"""The Markov chain of outcomes, solved for every draw; arrays in, arrays out."""
