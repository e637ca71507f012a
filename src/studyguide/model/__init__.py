"""What a study guide *is*: pure data, no reading, no writing, no defaults of taste.

Comes in: nothing; `reader` makes these values. Goes out: `Guide` with its `Session`s, their parts, blocks and locators.
Left to others: syntax (`reader`), looks (`latex`), files (`build`).
"""
