"""Papers of an agreement: their content from plain rows, and one document rendered as XLSX, DOCX, HTML and PDF."""
