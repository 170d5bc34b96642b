//! What can be chosen of reading and writing a format.
//!
//! Every choice is one of a few values, the first of which holds where nobody chose. So a dialog, the command
//! line and a help page can show them alike. Nothing here knows what a choice does.

/// Something to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is set by.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Its values with what each means, as words without a full stop; the first holds unless another is chosen.
    pub values: &'static [(&'static str, &'static str)],
}

/// What was chosen, for the choices of one format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    chosen: Vec<(&'static Choice, &'static str)>,
}

impl Options {
    /// Nothing chosen yet.
    pub fn of(choices: &'static [Choice]) -> Self {
        let first = |choice: &'static Choice| Some((choice, choice.values.first()?.0));
        Self { chosen: choices.iter().filter_map(first).collect() }
    }

    /// Chooses a value; what is wrong with the choice where there is none like it.
    pub fn set(&mut self, id: &str, value: &str) -> Result<(), String> {
        let known: Vec<_> = self.chosen.iter().map(|(choice, _)| choice.id).collect();
        let Some((choice, chosen)) = self.chosen.iter_mut().find(|(choice, _)| choice.id == id) else {
            let known = if known.is_empty() { "there is nothing to choose".into() } else { known.join(", ") };
            return Err(format!("there is no option “{id}” here; known: {known}"));
        };
        match choice.values.iter().find(|(known, _)| *known == value) {
            Some((known, _)) => {
                *chosen = known;
                Ok(())
            }
            None => {
                let values: Vec<_> = choice.values.iter().map(|(value, _)| *value).collect();
                Err(format!("“{id}” can't be “{value}”; it is one of: {}", values.join(", ")))
            }
        }
    }

    /// What was chosen; empty where there is no such choice.
    pub fn get(&self, id: &str) -> &'static str {
        self.chosen.iter().find(|(choice, _)| choice.id == id).map_or("", |(_, value)| value)
    }

    /// Whether a value was chosen.
    pub fn is(&self, choice: &Choice, value: &str) -> bool {
        self.get(choice.id) == value
    }
}

/// The id of a format's choice of how links are written.
pub const RELATIONS: &str = "relations";

/// What the offsets of a file count, for reading.
pub const UNIT: Choice = Choice {
    id: "unit",
    name: "Offsets count",
    values: &[
        ("auto", "what fits the quotations best"),
        ("code-points", "Unicode code points"),
        ("utf-16", "UTF-16 units"),
        ("bytes", "bytes of UTF-8"),
    ],
};

/// Whose annotations are written, of a format that names no annotator.
pub const ANNOTATORS: Choice = Choice {
    id: "annotators",
    name: "Annotators",
    values: &[("each", "a file for each annotator"), ("own", "only the annotator at work")],
};

/// What becomes of annotations that overlap, of a format that holds no overlap.
pub const OVERLAP: Choice = Choice {
    id: "overlap",
    name: "Annotations that overlap",
    values: &[("per-label", "a file for each label"), ("outermost", "only the outermost is written")],
};

/// What becomes of annotations that cut a word, of a format whose readers take whole words.
pub const WORDS: Choice = Choice {
    id: "words",
    name: "Annotations that cut a word",
    values: &[("keep", "written as they are"), ("widen", "widened to whole words")],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_there_is_can_be_chosen() {
        let mut options = Options::of(&[UNIT]);
        assert!(options.is(&UNIT, "auto"));
        assert_eq!(options.set("unit", "utf-16"), Ok(()));
        assert_eq!((options.get("unit"), options.get("other")), ("utf-16", ""));
        let wrong = options.set("unit", "utf16").expect_err("no such value");
        assert_eq!(wrong, "“unit” can't be “utf16”; it is one of: auto, code-points, utf-16, bytes");
        assert!(options.set("units", "bytes").expect_err("no such option").contains("known: unit"));
        assert!(Options::default().set("a", "b").expect_err("none at all").contains("nothing to choose"));
    }
}
