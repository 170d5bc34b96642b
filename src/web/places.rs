//! Where each article was left, and how the person likes to work. Not data: it is not in the log,
//! not undone and not exported, and losing it loses no work.

use crate::model::ArticleId;
use crate::state::Preferences;
use crate::text::Offset;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where things were left.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Places {
    /// The open article; none where the list of articles was shown.
    pub open: Option<ArticleId>,
    /// For each article the offset (code points) at the top of what was seen.
    pub tops: BTreeMap<ArticleId, Offset>,
    snap: Option<bool>,
    single_keys: Option<bool>,
    hints_seen: Option<bool>,
}

impl Places {
    /// Reads what was kept; what can't be read is as if nothing had been.
    pub fn parse(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// What to keep.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
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
