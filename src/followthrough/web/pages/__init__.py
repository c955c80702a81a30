"""Pages that gather from every app: home, overview of an agreement, provision, party, lineage, methodology."""
