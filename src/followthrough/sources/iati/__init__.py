"""IATI 2.03 activity files of any size: read activity by activity, checked against the standard, and written.

``reading`` goes through a file in a window and hands each activity to libxml2 by itself: memory stays flat, a broken
activity is one refusal, and a reading that was cut goes on at a byte. There is no DTD, no entity and no network.
"""
