"""studyguide: session files that people write become handouts that people hold."""
