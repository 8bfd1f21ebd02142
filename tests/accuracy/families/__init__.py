"""Page families written after real systems; each writer gives one labelled page for a seed."""
