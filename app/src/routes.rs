//! Which page answers which path.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};
use model::{Problem, ProblemCode};

use crate::{
    accounts::AccountPages,
    audit::{AuditDetail, AuditList},
    codes::CodePages,
    connection::ConnectionView,
    delegation::Delegation,
    doctor::DoctorView,
    frame::Framed,
    jobs::{JobDetail, JobList, JobOpen},
    licences::Licences,
    overview::Overview,
    parts::{explained::Explained, heading::Heading},
    people::{PeopleList, PersonPages},
    plans::PlanRoad,
    signin::SignIn,
    site_plane::SitePlane,
    sites::{SiteDetail, SiteList, SiteNew, SiteTurn},
    tenancy::Tenancy,
};

/// Every page of Steward.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Around>
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/login") view=SignIn ssr=SsrMode::Async/>
                    <Route path=path!("/") view={Lazy::<Overview>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites") view={Lazy::<SiteList>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/new") view={Lazy::<SiteNew>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id") view={Lazy::<SiteDetail>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/project") view={Lazy::<Tenancy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/suspend") view={Lazy::<SiteTurn>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/reactivate") view={Lazy::<SiteTurn>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/connect") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/users") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/users/import") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/users/:user") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/users/:user/move") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/groups") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/groups/new") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/groups/:group") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/sets") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/sets/:set") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/jobs") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sites/:id/jobs/:job") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people") view={Lazy::<PeopleList>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/import") view={Lazy::<PlanRoad>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/convert") view={Lazy::<PlanRoad>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/convert/:id") view={Lazy::<PlanRoad>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/new") view={Lazy::<PersonPages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/change") view={Lazy::<PersonPages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/:id") view={Lazy::<PersonPages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/:id/edit") view={Lazy::<PersonPages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/:id/delete") view={Lazy::<PersonPages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/plans/:id") view={Lazy::<PlanRoad>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/runs/:id") view={Lazy::<PlanRoad>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/licences") view={Lazy::<Licences>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/licences/settings") view={Lazy::<Licences>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/licences/idle") view={Lazy::<Licences>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/licences/people/:id") view={Lazy::<Licences>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/jobs") view={Lazy::<JobList>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/jobs/open") view=JobOpen ssr=SsrMode::Async/>
                    <Route path=path!("/jobs/:id") view={Lazy::<JobDetail>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/audit") view={Lazy::<AuditList>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/audit/:act") view={Lazy::<AuditDetail>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/account") view={Lazy::<AccountPages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/accounts") view={Lazy::<AccountPages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/accounts/:id") view={Lazy::<AccountPages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/grants") view={Lazy::<Delegation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/grants/new") view={Lazy::<Delegation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/grants/what") view={Lazy::<Delegation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/grants/deposit") view={Lazy::<Delegation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/grants/:id") view={Lazy::<Delegation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/grants/:id/edit") view={Lazy::<Delegation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/approvals") view={Lazy::<Delegation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/connection") view={Lazy::<ConnectionView>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/activity") view={Lazy::<Tenancy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/activity/events") view={Lazy::<Tenancy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/activity/compare") view={Lazy::<Tenancy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/limits") view={Lazy::<Tenancy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/tenant") view={Lazy::<Tenancy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/tokens") view={Lazy::<Tenancy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sign-on") view={Lazy::<Tenancy>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/codes") view={Lazy::<CodePages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/codes/:code") view={Lazy::<CodePages>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/doctor") view={Lazy::<DoctorView>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/connection/sites") view={Lazy::<SitePlane>::new()} ssr=SsrMode::Async/>
                </FlatRoutes>
            </Around>
        </Router>
    }
}

/// The frame, but not around the sign-in page: who has not signed in has no use for it. That page never wakes, so a
/// look at the path once is enough.
#[component]
fn Around(children: Children) -> impl IntoView {
    if use_location().pathname.get_untracked() == "/login" {
        children().into_any()
    } else {
        view! { <Framed>{children()}</Framed> }.into_any()
    }
}

/// A path that leads nowhere.
#[component]
fn NotFound() -> impl IntoView {
    view! {
        <Heading title="Not found"/>
        <Explained problem=Problem::new(ProblemCode::PageNotFound)/>
        <p><a href="/">"Go to the overview"</a></p>
    }
}
