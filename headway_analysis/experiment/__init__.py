"""Did it work? Effects of small tests and pilots, with intervals, and predictions scored."""
