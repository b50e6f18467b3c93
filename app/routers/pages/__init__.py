"""The pages for people; one file per subject. Each names its permission, or is public on purpose."""
