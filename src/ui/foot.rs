//! The line at the bottom: how much is marked, where the caret is, how the article was read, when all
//! was last saved to a file, what is weaker
//! where the page was opened from, and the three keys to know.

use super::part::Draw;
use super::{Dispatch, Same, labels};
use crate::model::LabelScheme;
use crate::state::{Command, Dialog, Exporting, listing};
use crate::words::{self, Trap};
use yew::prelude::*;

#[derive(Clone, PartialEq)]
pub struct FootProps {
    pub scheme: Same<LabelScheme>,
    pub counts: Vec<usize>,
    pub paragraph: (usize, usize),
    /// How the article's bytes were read; empty where it was pasted.
    pub encoding: String,
    /// Whether single keys are commands.
    pub keys: bool,
    /// When everything was last saved to a file.
    pub filed: AttrValue,
    pub trap: Option<&'static Trap>,
    pub dispatch: Dispatch,
}

impl Draw for FootProps {
    fn draw(&self) -> Html {
        foot(self)
    }
}

fn foot(props: &FootProps) -> Html {
    let (at, of) = props.paragraph;
    let marked = listing::counts_in_words(&props.scheme, &props.counts);
    let hint = |(key, name): &(&'static str, &'static str)| html! { <span><kbd>{ key }</kbd>{ name }</span> };
    html! {
        <footer class="foot">
            if !marked.is_empty() {
                <span>{ marked }</span>
            }
            <span>{ words::paragraph(at, of) }</span>
            if !props.encoding.is_empty() {
                <span>{ words::read_as(&props.encoding) }</span>
            }
            <button type="button" class="filed" onclick={props.dispatch.on(Command::Exporting(Exporting::StartAll))}>
                { &props.filed }
            </button>
            if let Some(trap) = props.trap {
                <button type="button" onclick={props.dispatch.on(Command::ShowDialog(Dialog::Settings))}>
                    { trap.short }
                </button>
            }
            if props.keys {
                <span class="hints">{ for words::FOOT_KEYS.iter().map(hint) }</span>
            }
        </footer>
    }
}

#[derive(Clone, PartialEq)]
pub struct LegendProps {
    pub scheme: Same<LabelScheme>,
    pub counts: Vec<usize>,
}

impl Draw for LegendProps {
    fn draw(&self) -> Html {
        legend(self)
    }
}

/// What the lines mean, on paper only.
fn legend(props: &LegendProps) -> Html {
    let entry = |(label, &count): (&crate::model::Label, &usize)| {
        html! {
            <span Class={labels::look("legend-entry", Some(label))}>
                { labels::sample() }
                { format!("{} ({})", label.name, words::grouped(count)) }
            </span>
        }
    };
    html! { <div class="legend" aria-hidden="true">{ for props.scheme.labels.iter().zip(&props.counts).map(entry) }</div> }
}
