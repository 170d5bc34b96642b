//! The articles that come with the app, to try it on without having one at hand.

/// A bundled article.
pub struct Sample {
    /// What the page calls it.
    pub name: &'static str,
    /// What it is good for.
    pub hint: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All of them; the first visit opens on the first.
pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "School meals",
        hint: "480 words with every kind of quote",
        text: include_str!("../seeds/meals-pilot.txt"),
    },
    Sample {
        name: "Water meters",
        hint: "a long report, 3,200 words",
        text: include_str!("../seeds/water-meters.txt"),
    },
    Sample {
        name: "Festival sign",
        hint: "emoji, accents and eight scripts",
        text: include_str!("../seeds/festival-sign.txt"),
    },
];
