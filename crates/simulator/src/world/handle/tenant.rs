//! The handle's methods for the tenant itself: its terms and state, its tokens, how people sign in, and its log.

use bytes::Bytes;
use time::OffsetDateTime;

use crate::world::World;
use crate::world::history::{Content, ExtraFile, Wanted};
use crate::world::keys::Plane;

impl World {
    /// Takes the acceptance of the terms and conditions back.
    pub fn forget_terms(&self) {
        self.change(|state| state.tenant.terms = None);
    }

    /// Whether the terms and conditions are accepted.
    pub fn terms_accepted(&self) -> bool {
        self.read(|state| state.tenant.terms.is_some())
    }

    /// Sets the tenant's state.
    pub fn set_tenant_status(&self, status: &str) {
        self.change(|state| state.tenant.status = status.to_owned());
    }

    /// Sets how many sites the tenant may have.
    pub fn set_most_sites(&self, sites: usize) {
        self.change(|state| state.settings.most_sites = sites);
    }

    /// Makes every new site in this region, whatever was asked for; false when there is no such region.
    pub fn make_sites_in(&self, region: &str) -> bool {
        self.change(|state| {
            let found = state.pods.iter().map(|pod| pod.region).find(|known| known.to_string() == region);
            state.settings.sites_made_in = found;
            found.is_some()
        })
    }

    /// Lets changes of how people sign in to the tenant revoke every token, as the vendor's help says.
    pub fn set_sign_on_revokes(&self, revokes: bool) {
        self.change(|state| state.settings.sign_on_revokes = revokes);
    }

    /// Sets the tenant's OpenID Connect configuration behind everyone's back; false when it is no object.
    pub fn set_oidc(&self, json: &str) -> bool {
        let read = serde_json::from_str(json).ok();
        read.map(|oidc| self.change(|state| state.oidc = Some(oidc))).is_some()
    }

    /// The tenant's OpenID Connect configuration as it was written.
    pub fn oidc(&self) -> Option<String> {
        self.read(|state| state.oidc.clone()).map(|oidc| serde_json::Value::Object(oidc).to_string())
    }

    /// Names of the tokens for Tableau Cloud Manager that are there.
    pub fn manager_pats(&self) -> Vec<String> {
        let tokens = |state: &crate::world::State| {
            let own = state.keys.pats.iter().filter(|pat| pat.plane == Plane::Manager);
            own.map(|pat| pat.name.clone()).collect()
        };
        self.read(tokens)
    }

    /// The ids of the owners of the projects that were made on a site.
    pub fn project_owners(&self, site: &str) -> Vec<String> {
        let made = |state: &crate::world::State| {
            let here = state.projects.iter().filter(|project| project.site.to_string() == site);
            here.map(|project| project.owner.to_string()).collect()
        };
        self.read(made)
    }

    /// Sets how long events take to be in the activity log.
    pub fn set_log_delay(&self, delay: std::time::Duration) {
        let delay = delay.try_into().unwrap_or(time::Duration::days(1));
        self.change(|state| state.settings.log_delay = delay);
    }

    /// Puts a file into the tenant's activity log, in place of what that hour has of this kind of event.
    pub fn add_log_file(&self, kind: &str, hour: OffsetDateTime, content: impl Into<Bytes>) {
        self.put_log_file(kind, hour, Content::Whole(content.into()));
    }

    /// Puts a file there that has a piece so many times over, without having it in memory.
    pub fn add_long_log_file(&self, kind: &str, hour: OffsetDateTime, piece: impl Into<Bytes>, times: usize) {
        self.put_log_file(kind, hour, Content::over(piece.into(), times));
    }

    fn put_log_file(&self, kind: &str, hour: OffsetDateTime, content: Content) {
        let file = ExtraFile { kind: kind.to_owned(), hour, content };
        self.change(|state| state.log_files.push(file));
    }

    /// The ids of the regions that everybody may choose.
    pub fn region_ids(&self) -> Vec<String> {
        let public = |state: &crate::world::State| {
            let public = state.regions.iter().filter(|region| region.visibility == "PUBLIC");
            public.map(|region| region.id.to_string()).collect()
        };
        self.read(public)
    }

    /// The id of a token for Tableau Cloud Manager, by its name.
    pub fn manager_pat_id(&self, name: &str) -> Option<String> {
        self.read(|state| {
            let found = state.keys.pats.iter().find(|pat| pat.plane == Plane::Manager && pat.name == name);
            found.map(|pat| pat.id.to_string())
        })
    }

    /// The paths of the files of the tenant's activity log of the last day.
    pub fn log_paths(&self) -> Vec<String> {
        let now = self.now();
        let wanted = Wanted { site: None, from: now - time::Duration::DAY, to: now, kind: None };
        self.read(|state| state.log_listing(&wanted)).into_iter().map(|(path, _)| path).collect()
    }
}
