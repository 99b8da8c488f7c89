"""A learner's own words: counted, stemmed, searched and cut, never changed."""
