//! Who publishes what was checked, and what verdicts are worth there.

/// What is known of who publishes; what is not set is empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Publish {
    /// What the reviewer is called where others read it.
    pub name: Option<String>,
    /// The desk's name.
    pub author: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Where a review stands, with `{number}` or `{id}` for the claim's.
    pub page: Option<String>,
    /// The day of publication, as files spell it.
    pub date: Option<String>,
    /// What each verdict is worth, in the order of the file.
    pub ratings: Vec<(String, i64)>,
}

impl Publish {
    /// The fields of the table `[publish]`.
    pub const FIELDS: [&str; 4] = ["author", "url", "page", "date"];

    /// A field of the table by its name.
    pub fn field(&self, name: &str) -> Option<&str> {
        match name {
            "author" => self.author.as_deref(),
            "url" => self.url.as_deref(),
            "page" => self.page.as_deref(),
            "date" => self.date.as_deref(),
            _ => None,
        }
    }

    /// The place of a field, to be set; `None` if there is none of that name.
    pub(super) fn field_mut(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name {
            "author" => Some(&mut self.author),
            "url" => Some(&mut self.url),
            "page" => Some(&mut self.page),
            "date" => Some(&mut self.date),
            _ => None,
        }
    }
}
