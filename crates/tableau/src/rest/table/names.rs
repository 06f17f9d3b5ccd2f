//! Our names for the operations of a site.

use std::fmt;

/// An operation of a site's own API that Steward uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SiteOperation {
    /// What a server says about itself.
    ServerInfo,
    /// Sign in with a personal access token.
    SignIn,
    /// Sign out.
    SignOut,
    /// Go on with another site.
    SwitchSite,
    /// The sites of a server.
    SiteList,
    /// The site.
    SiteGet,
    /// The ways to sign in that the site has set up.
    AuthConfigurations,
    /// Add a person to the site.
    UserAdd,
    /// The people of the site.
    UserList,
    /// One person.
    UserGet,
    /// Change a person.
    UserUpdate,
    /// Take a person off the site.
    UserRemove,
    /// Add or change people by a file.
    UserImport,
    /// Take people off the site by a file.
    UserDeleteByFile,
    /// The groups of one person.
    UserGroups,
    /// Take out a person's saved credentials.
    CredentialsRetrieve,
    /// Bring in a person's saved credentials.
    CredentialsUpload,
    /// Create a group.
    GroupCreate,
    /// The groups of the site.
    GroupList,
    /// Change a group.
    GroupUpdate,
    /// Delete a group.
    GroupDelete,
    /// The people of a group.
    GroupUsers,
    /// Put a person into a group.
    GroupAdd,
    /// Put several people into a group.
    GroupAddMany,
    /// Take a person out of a group.
    GroupRemove,
    /// Take several people out of a group.
    GroupRemoveMany,
    /// Create a group set.
    SetCreate,
    /// The group sets of the site.
    SetList,
    /// One group set.
    SetGet,
    /// Rename a group set.
    SetUpdate,
    /// Rename a group set, at the address that the vendor's page prints.
    SetUpdateAsPrinted,
    /// Delete a group set.
    SetDelete,
    /// Put a group into a set.
    SetAdd,
    /// Take a group out of a set.
    SetRemove,
    /// The jobs of the site.
    JobList,
    /// One job.
    JobGet,
    /// Stop a job.
    JobCancel,
}

impl SiteOperation {
    /// The name in logs, on pages and in the table of codes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ServerInfo => "server.info",
            Self::SignIn => "auth.sign_in",
            Self::SignOut => "auth.sign_out",
            Self::SwitchSite => "auth.switch_site",
            Self::SiteList => "site.list",
            Self::SiteGet => "site.get",
            Self::AuthConfigurations => "site.auth_configurations",
            Self::UserAdd => "site_user.add",
            Self::UserList => "site_user.list",
            Self::UserGet => "site_user.get",
            Self::UserUpdate => "site_user.update",
            Self::UserRemove => "site_user.remove",
            Self::UserImport => "site_user.import",
            Self::UserDeleteByFile => "site_user.delete_by_file",
            Self::UserGroups => "site_user.groups",
            Self::CredentialsRetrieve => "credentials.retrieve",
            Self::CredentialsUpload => "credentials.upload",
            Self::GroupCreate => "group.create",
            Self::GroupList => "group.list",
            Self::GroupUpdate => "group.update",
            Self::GroupDelete => "group.delete",
            Self::GroupUsers => "group.users",
            Self::GroupAdd => "group.add_user",
            Self::GroupAddMany => "group.add_users",
            Self::GroupRemove => "group.remove_user",
            Self::GroupRemoveMany => "group.remove_users",
            Self::SetCreate => "group_set.create",
            Self::SetList => "group_set.list",
            Self::SetGet => "group_set.get",
            Self::SetUpdate => "group_set.update",
            Self::SetUpdateAsPrinted => "group_set.update_as_printed",
            Self::SetDelete => "group_set.delete",
            Self::SetAdd => "group_set.add_group",
            Self::SetRemove => "group_set.remove_group",
            Self::JobList => "site_job.list",
            Self::JobGet => "site_job.get",
            Self::JobCancel => "site_job.cancel",
        }
    }
}

impl fmt::Display for SiteOperation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
