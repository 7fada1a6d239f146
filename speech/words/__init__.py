"""Words out of sound: one utterance in, words with times out. Nothing here keeps, logs or judges what was said."""
