//! What the lists show: pure selectors over the state.

use crate::model::{Annotation, Article, LabelScheme, Sheet};
use crate::state::{Filter, State};
use crate::text::{Text, wire};
use crate::words;
use std::rc::Rc;

/// The annotations that a filter lets through, in text order.
pub fn annotations(sheet: &Sheet, text: &Text, filter: &Filter) -> Rc<[Rc<Annotation>]> {
    let query = filter.query.trim().to_lowercase();
    let matches = |annotation: &Annotation| {
        !filter.hidden.contains(&annotation.label)
            && (query.is_empty()
                || text.slice(annotation.span).to_lowercase().contains(&query)
                || annotation.note.to_lowercase().contains(&query)
                || annotation.attributes.values().any(|value| value.to_lowercase().contains(&query)))
    };
    sheet.iter().filter(|annotation| matches(annotation)).cloned().collect()
}

/// One article in the list of articles.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleRow {
    /// The article.
    pub article: Rc<Article>,
    /// How many annotations the current annotator has made, for each label of the scheme in order.
    pub counts: Vec<usize>,
    /// How many words the text has, about.
    pub words: usize,
}

/// All articles in the order in which they were loaded.
pub fn articles(state: &State) -> Vec<ArticleRow> {
    let scheme = state.workspace.scheme();
    let row = |article: &Rc<Article>| {
        let sheet = state.workspace.own_sheet(&article.id);
        ArticleRow {
            article: article.clone(),
            counts: scheme.labels.iter().map(|label| sheet.count(&label.id)).collect(),
            words: article.text.as_str().split_whitespace().count(),
        }
    };
    state.workspace.articles().into_iter().map(row).collect()
}

/// Counts in words, such as "4 quotes, 1 claim"; empty where there is none.
pub fn counts_in_words(scheme: &LabelScheme, counts: &[usize]) -> String {
    let named = scheme.labels.iter().zip(counts).filter(|&(_, &count)| count > 0);
    let parts: Vec<String> =
        named.map(|(label, &count)| words::plural(count, &label.name.to_lowercase(), &label.plural)).collect();
    parts.join(", ")
}

/// Which paragraph a block is, from 1, and how many there are; blank lines do not count.
pub fn paragraph(roles: &[wire::Role], block: usize) -> (usize, usize) {
    let filled = |roles: &[wire::Role]| roles.iter().filter(|role| **role != wire::Role::Blank).count();
    (filled(&roles[..(block + 1).min(roles.len())]).max(1), filled(roles).max(1))
}
