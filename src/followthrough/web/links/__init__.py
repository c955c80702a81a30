"""What ties things to commitments: claims, activities, targets, indicators and instruments."""
