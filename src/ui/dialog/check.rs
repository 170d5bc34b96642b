//! What is likely a slip in the annotations of an article: where it is, and what can be done about it.

use super::{Beside, hint, modal};
use crate::lint::{Finding, Fix, Rule};
use crate::model::{Article, LabelScheme, Sheet};
use crate::state::check::{Check, Checking, Found};
use crate::state::{Command, Exporting, listing};
use crate::text::Span;
use crate::ui::labels::{look, sample};
use crate::ui::part::Draw;
use crate::ui::{Dispatch, Same, second};
use crate::words;
use yew::prelude::*;

/// How many findings of a rule are listed one by one.
const LISTED: usize = 100;
/// How much of a quotation is shown, in characters.
const EXCERPT: usize = 120;

/// What the dialog shows.
#[derive(Clone, PartialEq)]
pub struct CheckProps {
    pub check: Same<Check>,
    pub article: Same<Article>,
    /// The annotations that it is about.
    pub sheet: Sheet,
    pub scheme: Same<LabelScheme>,
    pub dispatch: Dispatch,
}

impl Draw for CheckProps {
    fn draw(&self) -> Html {
        let count = self.check.findings().len();
        // What is behind a dialog is not heard, so that it is said here.
        let (said, is_wrong) = match &self.check.found {
            Found::Waiting => (words::CHECKING.to_owned(), false),
            Found::Failed(why) => (why.to_string(), true),
            Found::Known(_) => (words::findings(count), false),
        };
        let content = html! {
            <>
                <p role="status" Class={if is_wrong { "wrong" } else { "hint-words" }}>{ said }</p>
                if count > 0 {
                    <div class="findings">{ for Rule::ALL.into_iter().map(|rule| self.group(rule)) }</div>
                }
                <div class="answers">
                    if self.check.fixed.is_some() {
                        { self.button(words::UNDO_FIX, Checking::Undo) }
                    }
                    { second(words::EXPORT, self.dispatch.on(Command::Exporting(Exporting::Start))) }
                </div>
            </>
        };
        modal(words::CHECK_TITLE, "findings-of", Beside::Closes, &self.dispatch, content)
    }
}

impl CheckProps {
    fn button(&self, name: &str, happens: Checking) -> Html {
        second(name, self.dispatch.on(Command::Checking(happens)))
    }

    /// What one rule has found.
    fn group(&self, rule: Rule) -> Html {
        let found = self.check.of(rule);
        let count = found.len();
        if count == 0 {
            return html! {};
        }
        let fixable = found.iter().filter(|finding| finding.fix.is_some()).count();
        html! {
            <section key={words::rule(rule)}>
                <div class="rule">
                    <h3>{ words::with_count(words::rule(rule), count) }</h3>
                    if fixable > 1 {
                        { self.button(&words::fix_all(fixable), Checking::Fix(rule, None)) }
                    }
                </div>
                <ul>
                    { for found.into_iter().take(LISTED).map(|finding| self.row(finding)) }
                    if count > LISTED {
                        <li key="more">{ hint(&words::and_more(count - LISTED)) }</li>
                    }
                </ul>
            </section>
        }
    }

    fn row(&self, finding: &Finding) -> Html {
        let label = self.sheet.get(&finding.annotation).and_then(|annotation| self.scheme.label(&annotation.label));
        let (id, rule) = (&finding.annotation, finding.rule);
        let quotation = self.excerpt(finding.span);
        // Of blanks that go nothing would be seen.
        let after = match finding.fix {
            Some(Fix::Span(span)) => Some(self.excerpt(span)).filter(|after| *after != quotation),
            _ => None,
        };
        let show = |place| Checking::Show(id.clone(), rule, place);
        let place = finding.places.first().filter(|_| rule == Rule::Places);
        let button = |name: &str, is_first: bool, happens: Checking| {
            html! {
                <button
                    type="button"
                    class="second"
                    aria-label={words::named(name, &quotation)}
                    autofocus={is_first && self.check.is_at(finding)}
                    onclick={self.dispatch.on(Command::Checking(happens))}
                >{ name }</button>
            }
        };
        html! {
            <li key={id.as_str()} Class={look("finding", label)}>
                { sample() }
                <div>
                    <p class="quotation" dir="auto">{ &quotation }</p>
                    { hint(&words::sentence(&finding.message)) }
                    if let Some(after) = after {
                        { hint(&words::becomes(&after)) }
                    }
                </div>
                <div class="answers">
                    { button(words::SHOW, true, show(None)) }
                    if let Some(place) = place {
                        { button(words::SHOW_PLACE, false, show(Some(*place))) }
                    }
                    if let Some(fix) = finding.fix {
                        { button(
                            if fix == Fix::Remove { words::DELETE } else { words::FIX },
                            false,
                            Checking::Fix(rule, Some(id.clone())),
                        ) }
                    }
                </div>
            </li>
        }
    }

    /// The words of a span, which may come from before a change.
    fn excerpt(&self, span: Span) -> String {
        match span.end() <= self.article.text.len() {
            true => listing::excerpt(&self.article.text, span, EXCERPT),
            false => String::new(),
        }
    }
}
