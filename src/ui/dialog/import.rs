//! What an import would do, before it does anything.

use super::{Beside, cancel, hint, modal};
use crate::exchange::Found;
use crate::formats::{Issue, Severity};
use crate::state::Command;
use crate::state::listing;
use crate::state::view::ImportPreview;
use crate::ui::part::Draw;
use crate::ui::{Dispatch, Same};
use crate::words;
use yew::prelude::*;

/// How many files are listed one by one.
const FILES: usize = 12;

/// How many issues of a kind are listed one by one.
const LISTED: usize = 200;

#[derive(Clone, PartialEq)]
pub struct ImportProps {
    pub preview: Same<ImportPreview>,
    pub dispatch: Dispatch,
}

impl Draw for ImportProps {
    fn draw(&self) -> Html {
        import(self)
    }
}

fn import(props: &ImportProps) -> Html {
    let ImportProps { preview, dispatch } = props;
    let lines = listing::import_lines(&preview.plan);
    let nothing = preview.plan.changes.is_empty();
    let more = preview.files.len().saturating_sub(FILES);
    let onclick = {
        let (dispatch, preview) = (dispatch.clone(), preview.0.clone());
        Callback::from(move |_: MouseEvent| dispatch.send(Command::Import(preview.plan.clone())))
    };
    let content = html! {
        <>
            <ul class="files">{ for preview.files.iter().take(FILES).map(file) }
                if more > 0 {
                    <li>{ words::and_more(more) }</li>
                }
            </ul>
            if nothing {
                <p>{ if preview.is_empty() { words::NOTHING_READ } else { words::NOTHING_TO_IMPORT } }</p>
            } else {
                <ul class="counts">{ for lines.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
                { hint(words::IMPORT_NOTHING_CHANGED) }
            }
            { for listing::issue_groups(&preview.plan.issues).into_iter().map(group) }
            <div class="answers">
                { cancel(false) }
                if !nothing {
                    <button type="button" class="primary" autofocus=true {onclick}>{ words::IMPORT }</button>
                }
            </div>
        </>
    };
    modal(words::IMPORT_TITLE, "import", Beside::Stays, dispatch, content)
}

/// A file and what it was taken for.
fn file(found: &Found) -> Html {
    html! { <li class="file">{ words::joined([found.name.as_str(), &found.format]) }</li> }
}

/// Issues of one severity: the gravest open, the others folded.
fn group((severity, issues): (Severity, Vec<&Issue>)) -> Html {
    let line = |issue: &&Issue| {
        html! {
            <li>
                { words::sentence(&issue.message) }
                if let Some(place) = issue.place {
                    <small>{ place.to_string() }</small>
                }
            </li>
        }
    };
    let more = issues.len().saturating_sub(LISTED);
    html! {
        <details class="issues" open={severity == Severity::Error}>
            <summary>{ words::issues(severity, issues.len()) }</summary>
            <ul>
                { for issues.iter().take(LISTED).map(line) }
                if more > 0 {
                    <li>{ words::and_more(more) }</li>
                }
            </ul>
        </details>
    }
}
