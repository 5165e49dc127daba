"""The treatment history of a patient: episodes, durations, stops, responses. Reads statements."""
