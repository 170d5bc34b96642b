//! Names of files for formats that have a file for each article.

use crate::formats::catalog::Job;
use crate::formats::project::name::slug;
use crate::model::Workspace;
use std::collections::BTreeSet;

/// The start of the name of each article's files, in the order of the workspace's articles: that of the job where there
/// is only one, else with what the article is called. No two are the same.
pub(crate) fn of_articles(workspace: &Workspace, job: &Job<'_>) -> Vec<String> {
    let articles = workspace.articles();
    if articles.len() == 1 {
        return vec![job.stem.to_owned()];
    }
    let mut taken = BTreeSet::new();
    let name = |name: String| {
        let base = format!("{}.{}", job.stem, slug(&name, "article"));
        let numbered = |number: usize| if number == 1 { base.clone() } else { format!("{base}-{number}") };
        (1..).map(numbered).find(|name| taken.insert(name.clone())).unwrap_or_default()
    };
    articles.iter().map(|article| article.name()).map(name).collect()
}
