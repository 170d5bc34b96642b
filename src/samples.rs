//! The articles that come with the app, to try it on without having one at hand.
//!
//! They stand beside the page and are fetched when somebody asks for them. Nothing here fetches.

/// A sample article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What the page calls it.
    pub name: &'static str,
    /// What it is good for.
    pub hint: &'static str,
    /// Its file in the folder `seeds` beside the page.
    pub file: &'static str,
}

/// All of them; the first visit opens on the first.
pub const SAMPLES: &[Sample] = &[
    Sample { name: "School meals", hint: "480 words with every kind of quote", file: "meals-pilot.txt" },
    Sample { name: "Water meters", hint: "a long report, 3,200 words", file: "water-meters.txt" },
    Sample { name: "Festival sign", hint: "emoji, accents and eight scripts", file: "festival-sign.txt" },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_sample_has_its_file() {
        for sample in SAMPLES {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(sample.file);
            let content = fs::read_to_string(&file).expect("a sample's file");
            assert!(content.split_whitespace().count() > 400, "{}", sample.file);
        }
    }
}
