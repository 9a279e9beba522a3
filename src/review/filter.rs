//! Which items the lists show, and in what order.

use crate::text::words;

words! {
    /// Which items are shown.
    Filter {
        /// Everything.
        All = "all",
        /// What nobody decided yet.
        Undecided = "undecided",
        /// Confirmed, corrected and added.
        Verified = "verified",
        /// Rejected and withdrawn.
        Rejected = "rejected",
        /// A second look is wanted, or reviewers differ.
        SecondLook = "second look",
        /// Claims without a source.
        WithoutSource = "without a source",
        /// Claims without a verdict, among those verified.
        WithoutVerdict = "without a verdict",
    }
}

words! {
    /// In what order claims are listed.
    Order {
        /// As they stand in the article.
        Text = "text",
        /// What deserves checking first.
        Priority = "priority",
        /// By source.
        Source = "source",
        /// Undecided first.
        Status = "status",
    }
}
