"""The people and places of the demo world, invented from the parts of real names. Only seed_demo calls it."""
