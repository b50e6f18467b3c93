"""What every form needs: reading its fields, keeping what is typed, recording once however often it is sent."""
