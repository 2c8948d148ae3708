"""Lighthouse, Google's audit of pages, on the pages that a factory opens most: `make lighthouse`."""
