//! Files on their way in and out, as readers and writers see them: a name and its text.
//!
//! Who opens a file, finds out its encoding or packs several into one stands outside; nothing here does.

/// A file that was opened and decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InFile {
    /// Its name as the person knows it, with or without folders.
    pub name: String,
    /// What is in it, without a mark of byte order.
    pub text: String,
    /// What its bytes were read as, by the label of the WHATWG Encoding Standard.
    pub encoding: String,
}

/// A file that was written: UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// A name that every system allows, without folders.
    pub name: String,
    /// What is in it, with a mark of byte order where its readers need one.
    pub text: String,
}

impl InFile {
    /// A file in UTF-8.
    pub fn new(name: impl Into<String>, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        Self { name: name.into(), text, encoding: "UTF-8".into() }
    }

    /// The name without folders and without what follows the last dot.
    pub fn stem(&self) -> &str {
        stem(&self.name)
    }

    /// What follows the last dot of the name, in small letters.
    pub fn extension(&self) -> String {
        let name = last_part(&self.name);
        name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
    }

    /// The name without what follows its last dot, with its folders.
    pub fn path_stem(&self) -> &str {
        let end = self.name.len() - last_part(&self.name).len() + self.stem().len();
        self.name.get(..end).unwrap_or(&self.name)
    }
}

fn last_part(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The name of a file without folders and without what follows the last dot.
pub fn stem(name: &str) -> &str {
    let name = last_part(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_falls_into_its_parts() {
        for (name, path_stem, stem, extension) in [
            ("a/b.tar.GZ", "a/b.tar", "b.tar", "gz"),
            ("C:\\x\\é.ann", "C:\\x\\é", "é", "ann"),
            ("a.b/plain", "a.b/plain", "plain", ""),
            (".hidden", "", "", "hidden"),
            ("", "", "", ""),
        ] {
            let file = InFile::new(name, "");
            assert_eq!((file.path_stem(), file.stem(), file.extension().as_str()), (path_stem, stem, extension));
        }
    }

    #[test]
    fn one_mark_of_byte_order_is_left_out() {
        assert_eq!(InFile::new("a", "\u{feff}\u{feff}x").text, "\u{feff}x");
    }
}
