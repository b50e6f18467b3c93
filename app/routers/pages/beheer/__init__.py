"""What a beheerder keeps."""
