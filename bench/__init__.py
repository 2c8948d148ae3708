"""How fast the portal is: `make bench` prints one table, all of it from one run on one machine."""
