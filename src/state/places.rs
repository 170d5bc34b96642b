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
    snap: Option<bool>,
    single_keys: Option<bool>,
    hints_seen: Option<bool>,
}

impl Places {
    /// Reads what was kept; what can't be read is as if it had not been.
    pub fn parse(kept: &str) -> Self {
        let mut places = Self::default();
        for (name, value) in kept.lines().filter_map(|line| line.split_once(' ')) {
            let truth = Some(value == "true");
            match name {
                "open" => places.open = ArticleId::parse(value),
                "snap" => places.snap = truth,
                "single_keys" => places.single_keys = truth,
                "hints_seen" => places.hints_seen = truth,
                _ => {
                    if let (Ok(top), Some(id)) = (name.parse(), ArticleId::parse(value)) {
                        places.tops.insert(id, Offset::new(top));
                    }
                }
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
        for (name, value) in [("snap", self.snap), ("single_keys", self.single_keys), ("hints_seen", self.hints_seen)] {
            if let Some(value) = value {
                line(name, if value { "true" } else { "false" });
            }
        }
        lines
    }

    /// The preferences.
    pub fn preferences(&self) -> Preferences {
        let default = Preferences::default();
        Preferences {
            snap: self.snap.unwrap_or(default.snap),
            single_keys: self.single_keys.unwrap_or(default.single_keys),
            hints_seen: self.hints_seen.unwrap_or(default.hints_seen),
        }
    }

    /// Takes preferences over.
    pub fn prefer(&mut self, preferences: Preferences) {
        self.snap = Some(preferences.snap);
        self.single_keys = Some(preferences.single_keys);
        self.hints_seen = Some(preferences.hints_seen);
    }
}
