//! Where each article was left, and how the person likes to work. Not data: it is not in the log,
//! not undone and not exported, and losing it loses no work.

use crate::by_key::ByKey;
use crate::model::ArticleId;
use crate::state::Preferences;
use crate::text::Offset;

/// Where things were left.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The open article; none where the list of articles was shown.
    pub open: Option<ArticleId>,
    /// For each article the offset (code points) at the top of what was seen.
    pub tops: ByKey<ArticleId, Offset>,
    /// How the person likes to work.
    pub preferences: Preferences,
}

/// The preferences with the names under which they are kept.
fn named(preferences: &mut Preferences) -> [(&'static str, &mut bool); 4] {
    let Preferences { snap, single_keys, spoken_edges, hints_seen } = preferences;
    [("snap", snap), ("single_keys", single_keys), ("spoken_edges", spoken_edges), ("hints_seen", hints_seen)]
}

impl Places {
    /// Reads what was kept; what can't be read is as if it had not been.
    pub fn parse(kept: &str) -> Self {
        let mut places = Self::default();
        for (name, value) in kept.lines().filter_map(|line| line.split_once(' ')) {
            if name == "open" {
                places.open = ArticleId::parse(value);
            } else if let Some((_, preference)) =
                named(&mut places.preferences).into_iter().find(|(known, _)| *known == name)
            {
                *preference = value == "true";
            } else if let (Ok(top), Some(id)) = (name.parse(), ArticleId::parse(value)) {
                places.tops.insert(id, Offset::new(top));
            }
        }
        places
    }

    /// What to keep: a line for each thing. No id holds a line break.
    pub fn to_lines(&self) -> String {
        let mut lines = String::new();
        let mut line = |name: &str, value: &str| lines.extend([name, " ", value, "\n"]);
        if let Some(open) = &self.open {
            line("open", open.as_str());
        }
        for (id, top) in self.tops.iter() {
            line(&top.get().to_string(), id.as_str());
        }
        for (name, value) in named(&mut self.preferences.clone()) {
            line(name, if *value { "true" } else { "false" });
        }
        lines
    }
}
