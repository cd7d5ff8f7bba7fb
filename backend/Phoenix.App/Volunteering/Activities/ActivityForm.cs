using FluentValidation;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>What staff fill in about an activity. What a draft may leave out is asked for when it is published.</summary>
/// <param name="Title">1 to 40 characters.</param>
/// <param name="Description">1 to 2,000 characters.</param>
/// <param name="Kind">How it comes about.</param>
/// <param name="Category">Whom or what it helps.</param>
/// <param name="OrganiserKind">Which kind of organiser.</param>
/// <param name="OrganiserId">The team, station or unit.</param>
/// <param name="OrganiserName">The unit's name; ignored for the community, a team or a station.</param>
/// <param name="GuidedBy">指导单位, at most 60 characters.</param>
/// <param name="HostedBy">主办单位.</param>
/// <param name="RunBy">承办单位.</param>
/// <param name="ContactName">Whom to ask.</param>
/// <param name="ContactPhone">Where to ask.</param>
/// <param name="Risks">What could happen, at most 500 characters.</param>
/// <param name="Insurance">How participants are insured, at most 500 characters.</param>
/// <param name="IsHoursOnly">只记时长.</param>
/// <param name="BudgetCoins">The most coins that it may bring; needed unless hours only.</param>
/// <param name="NeedsApproval">Whether each sign-up waits for staff.</param>
/// <param name="PostId">For a standing one: its post.</param>
public sealed record ActivityForm(
    string Title,
    string Description,
    ActivityKind Kind,
    ImpactCategory Category,
    OrganiserKind OrganiserKind = OrganiserKind.Community,
    Guid? OrganiserId = null,
    string? OrganiserName = null,
    string? GuidedBy = null,
    string? HostedBy = null,
    string? RunBy = null,
    string? ContactName = null,
    string? ContactPhone = null,
    string? Risks = null,
    string? Insurance = null,
    bool IsHoursOnly = false,
    long? BudgetCoins = null,
    bool NeedsApproval = false,
    Guid? PostId = null)
{
    internal void ApplyTexts(Activity activity)
    {
        (activity.Title, activity.Description, activity.Category) = (Title.Trim(), Description.Trim(), Category);
        (activity.GuidedBy, activity.HostedBy, activity.RunBy) = (Text.OrNull(GuidedBy), Text.OrNull(HostedBy), Text.OrNull(RunBy));
        (activity.ContactName, activity.ContactPhone) = (Text.OrNull(ContactName), Text.OrNull(ContactPhone));
        (activity.Risks, activity.Insurance) = (Text.OrNull(Risks), Text.OrNull(Insurance));
    }

    /// <summary>The limits of a form.</summary>
    public sealed class Limits : AbstractValidator<ActivityForm>
    {
        /// <summary>Lengths, and what belongs together.</summary>
        public Limits()
        {
            RuleFor(f => f.Title).NotEmpty().MaximumLength(Activity.MaxTitleLength).WithName("名称");
            RuleFor(f => f.Description).NotEmpty().MaximumLength(Activity.MaxDescriptionLength).WithName("内容");
            RuleFor(f => f.OrganiserName).MaximumLength(Activity.MaxLineLength).WithName("组织单位");
            RuleFor(f => f.OrganiserName).NotEmpty().When(f => f.OrganiserKind is OrganiserKind.RedPartner or OrganiserKind.SocialOrganisation).WithName("组织单位");
            RuleFor(f => f.OrganiserId).NotNull().When(f => f.OrganiserKind is OrganiserKind.Team or OrganiserKind.Station).WithName("组织单位");
            RuleFor(f => f.GuidedBy).MaximumLength(Activity.MaxLineLength).WithName("指导单位");
            RuleFor(f => f.HostedBy).MaximumLength(Activity.MaxLineLength).WithName("主办单位");
            RuleFor(f => f.RunBy).MaximumLength(Activity.MaxLineLength).WithName("承办单位");
            RuleFor(f => f.ContactName).MaximumLength(20).WithName("联系人");
            RuleFor(f => f.ContactPhone).MaximumLength(20).WithName("联系电话");
            RuleFor(f => f.Risks).MaximumLength(Activity.MaxNoteLength).WithName("风险提示");
            RuleFor(f => f.Insurance).MaximumLength(Activity.MaxNoteLength).WithName("保险说明");
            RuleFor(f => f.BudgetCoins).InclusiveBetween(1, Activity.MaxBudgetCoins).WithName("凤凰币预算");
            RuleFor(f => f.BudgetCoins).Null().When(f => f.IsHoursOnly).WithMessage("只记时长的活动没有凤凰币预算，请清空预算。");
            RuleFor(f => f.PostId).NotNull().When(f => f.Kind == ActivityKind.Standing).WithMessage("常设岗活动请选择志愿服务岗。");
            RuleFor(f => f.PostId).Null().When(f => f.Kind != ActivityKind.Standing).WithMessage("只有常设岗活动才选志愿服务岗。");
        }
    }
}

/// <summary>What staff fill in about a shift.</summary>
/// <param name="StartsAt">Its first instant.</param>
/// <param name="EndsAt">The instant after its last.</param>
/// <param name="Capacity">1 to 10,000.</param>
/// <param name="Address">Where to come, 1 to 100 characters.</param>
/// <param name="PlaceId">Where in the place tree.</param>
/// <param name="Latitude">Degrees north, GCJ-02.</param>
/// <param name="Longitude">Degrees east, GCJ-02.</param>
/// <param name="RadiusMetres">How far from there still counts as there, 50 to 5,000.</param>
/// <param name="LeaderId">The member who leads it.</param>
/// <param name="MinAge">The youngest age, 1 to 100.</param>
/// <param name="IsGuardianNeeded">Whether minors come with a guardian.</param>
/// <param name="Skills">Wanted skills, at most 100 characters.</param>
public sealed record ShiftForm(
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int Capacity,
    string Address,
    Guid? PlaceId = null,
    double? Latitude = null,
    double? Longitude = null,
    int? RadiusMetres = null,
    Guid? LeaderId = null,
    int? MinAge = null,
    bool IsGuardianNeeded = false,
    string? Skills = null)
{
    internal void Apply(Shift shift, Guid? leader)
    {
        (shift.StartsAt, shift.EndsAt, shift.Capacity) = (Clock.ToMilliseconds(StartsAt), Clock.ToMilliseconds(EndsAt), Capacity);
        (shift.PlaceId, shift.Address) = (PlaceId, Address.Trim());
        (shift.Latitude, shift.Longitude, shift.RadiusMetres) = (Latitude, Longitude, RadiusMetres);
        (shift.LeaderId, shift.MinAge, shift.IsGuardianNeeded, shift.Skills) = (leader, MinAge, IsGuardianNeeded, Text.OrNull(Skills));
    }

    /// <summary>The limits of a form.</summary>
    public sealed class Limits : AbstractValidator<ShiftForm>
    {
        /// <summary>Numbers and lengths. How long a shift may be depends on its activity's kind, so the handler judges it.</summary>
        public Limits()
        {
            RuleFor(f => f.EndsAt).GreaterThan(f => f.StartsAt).WithMessage("结束时间要晚于开始时间。");
            RuleFor(f => f.Capacity).InclusiveBetween(1, Shift.MaxCapacity).WithName("人数");
            RuleFor(f => f.Address).NotEmpty().MaximumLength(Shift.MaxTextLength).WithName("地点");
            RuleFor(f => f.Latitude).InclusiveBetween(-90, 90).WithName("纬度");
            RuleFor(f => f.Longitude).InclusiveBetween(-180, 180).WithName("经度");
            RuleFor(f => f).Must(f => f.Latitude is null == f.Longitude is null && (f.RadiusMetres is null || f.Latitude is not null)).WithMessage("请在地图上重新选择地点。");
            RuleFor(f => f.RadiusMetres).InclusiveBetween(Shift.MinRadiusMetres, Shift.MaxRadiusMetres).WithName("范围");
            RuleFor(f => f.MinAge).InclusiveBetween(1, 100).WithName("最小年龄");
            RuleFor(f => f.Skills).MaximumLength(Shift.MaxTextLength).WithName("技能要求");
        }
    }
}
