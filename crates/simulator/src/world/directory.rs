//! The pretend Active Directory, which only a Tableau Server knows.

use super::State;
use super::settings::Deployment;

/// A group of the directory.
#[derive(Debug, Clone)]
pub(crate) struct DirectoryGroup {
    pub(crate) domain: String,
    pub(crate) name: String,
    /// The members' user names.
    pub(crate) members: Vec<String>,
}

/// What the directory does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Domain,
    Group,
}

impl State {
    /// Whether people sign in by a directory. One without a single group is as good as none.
    pub(crate) fn has_directory(&self) -> bool {
        self.settings.deployment == Deployment::Server && !self.settings.directory.is_empty()
    }

    pub(crate) fn directory_group(&self, domain: &str, name: &str) -> Result<&DirectoryGroup, Missing> {
        let mut here = self.settings.directory.iter().filter(|group| group.domain == domain).peekable();
        here.peek().ok_or(Missing::Domain)?;
        here.find(|group| group.name == name).ok_or(Missing::Group)
    }

    /// Whether the directory knows somebody of this name.
    pub(crate) fn in_directory(&self, user_name: &str) -> bool {
        let everyone = self.settings.directory.iter().flat_map(|group| &group.members);
        everyone.into_iter().any(|member| member.eq_ignore_ascii_case(user_name))
    }
}
