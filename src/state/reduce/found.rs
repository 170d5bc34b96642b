//! What became of what is kept, in words: plainly where something was lost, and calmly where nothing was.

use super::Step;
use crate::keep::Findings;
use crate::state::{Help, Notice};
use crate::words;

impl Step<'_> {
    pub(super) fn found(&mut self, findings: &Findings, aside: usize) {
        self.state.aside = aside;
        let Findings { restored, mended, damaged, missing, foreign, gone, rescued, .. } = *findings;
        let mut told = Vec::new();
        let mut help = Help::Nothing;
        if let Some(articles) = gone {
            told.push(words::gone(articles));
            help = Help::OpenFile;
        }
        if rescued {
            told.push(words::RESCUED.into());
        }
        if restored {
            told.push(words::RESTORED.into());
        }
        if mended > 0 {
            told.push(words::mended(mended));
        }
        if missing > 0 {
            told.push(words::missing(missing));
            help = Help::OpenFile;
        }
        if damaged > 0 {
            told.push(words::damaged(damaged));
        }
        if foreign > 0 {
            told.push(words::foreign(foreign));
        }
        if damaged + foreign > 0 {
            help = Help::SaveAside;
        }
        if !told.is_empty() {
            let text = told.join(" ");
            self.announce(text.as_str());
            self.state.notice = Some(Notice { text: text.into(), help });
        }
    }
}
