"""Files that people attach as evidence: received, checked, kept once by their content, and handed out."""
