using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>Staff enter a merchant, paused until it has an owner, or change what is said of it; its owner changes what residents need to find it.</summary>
public static class EnterMerchant
{
    private const string PhonePattern = "^[0-9+() -]{5,20}$";

    /// <summary>The merchant.</summary>
    /// <param name="Name">2 to 40 characters; no other merchant here has it.</param>
    /// <param name="Kind">Which kind of partner.</param>
    /// <param name="Address">Where it is, up to 100 characters.</param>
    /// <param name="Phone">Its telephone for residents.</param>
    /// <param name="OpeningHours">When it is open, in words, up to 100 characters.</param>
    public sealed record Request(string Name, PartnerKind Kind, string Address, string Phone, string OpeningHours);

    /// <summary>What an owner changes.</summary>
    /// <param name="Address">Where it is, up to 100 characters.</param>
    /// <param name="Phone">Its telephone for residents.</param>
    /// <param name="OpeningHours">When it is open, in words, up to 100 characters.</param>
    public sealed record OwnerRequest(string Address, string Phone, string OpeningHours);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A name, and what residents need.</summary>
        public Limits()
        {
            RuleFor(r => r.Name).NotEmpty().Length(2, Merchant.MaxNameLength).Must(n => NameOf(n ?? "").Length >= 2).WithName("商家名称");
            RuleFor(r => r.Address).NotEmpty().MaximumLength(Merchant.MaxAddressLength).WithName("地址");
            RuleFor(r => r.Phone).NotEmpty().Matches(PhonePattern).WithName("电话");
            RuleFor(r => r.OpeningHours).NotEmpty().MaximumLength(Merchant.MaxOpeningLength).WithName("营业时间");
        }
    }

    /// <summary>The limits of an owner's request.</summary>
    public sealed class OwnerLimits : AbstractValidator<OwnerRequest>
    {
        /// <summary>What residents need.</summary>
        public OwnerLimits()
        {
            RuleFor(r => r.Address).NotEmpty().MaximumLength(Merchant.MaxAddressLength).WithName("地址");
            RuleFor(r => r.Phone).NotEmpty().Matches(PhonePattern).WithName("电话");
            RuleFor(r => r.OpeningHours).NotEmpty().MaximumLength(Merchant.MaxOpeningLength).WithName("营业时间");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/merchants", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Enter(body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("enterMerchant").WithSummary("登记商家");
        community.MapPut("/merchants/{id:guid}", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) =>
                handler.Change(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("changeMerchant").WithSummary("修改商家资料");
        community.MapPut("/merchants/{id:guid}/shop", (Guid id, OwnerRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.ChangeOwn(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner)
            .WithName("changeOwnMerchant").WithSummary("修改本店地址、电话、营业时间");
    }

    /// <summary>A name as it is stored: without spaces at the ends, and with single ones inside.</summary>
    private static string NameOf(string typed) => string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book, IAuditLog audit, Clock clock, IIds ids)
    {
        /// <summary>The merchant, or <see cref="MerchantNameTaken"/>.</summary>
        public Task<Result<ListMerchants.Item>> Enter(Request body, RequestId requestId, CancellationToken cancel) => work.Once<ListMerchants.Item>(requestId, async () =>
        {
            var name = NameOf(body.Name);
            if (await IsTaken(name, null, cancel))
                return new MerchantNameTaken();
            var merchant = new Merchant
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                Name = name,
                SortKey = ChineseOrder.KeyOf(name),
                Kind = body.Kind,
                Address = body.Address.Trim(),
                Phone = body.Phone.Trim(),
                OpeningHours = body.OpeningHours.Trim(),
                State = MerchantState.Paused,
                CreatedAt = clock.Now,
            };
            db.Add(merchant);
            audit.Write("merchant.entered", $"merchant:{merchant.Id:N}");
            return ListMerchants.Show(merchant);
        }, cancel);

        /// <summary>The merchant as it now is, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>, <see cref="MerchantNameTaken"/>.</summary>
        public Task<Result<ListMerchants.Item>> Change(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<ListMerchants.Item>(requestId, async () =>
        {
            if (!(await book.Present(id, cancel)).TryGet(out var merchant, out var error))
                return error;
            var name = NameOf(body.Name);
            if (await IsTaken(name, id, cancel))
                return new MerchantNameTaken();
            (merchant.Name, merchant.SortKey, merchant.Kind) = (name, ChineseOrder.KeyOf(name), body.Kind);
            return Changed(merchant, body.Address, body.Phone, body.OpeningHours);
        }, cancel);

        /// <summary>The merchant as it now is, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>.</summary>
        public Task<Result<ListMerchants.Item>> ChangeOwn(Guid id, OwnerRequest body, RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<ListMerchants.Item>(requestId, async () =>
                (await book.OwnedBy(id, caller.PersonId, cancel)).Map(merchant => Changed(merchant, body.Address, body.Phone, body.OpeningHours)), cancel);

        private ListMerchants.Item Changed(Merchant merchant, string address, string phone, string openingHours)
        {
            (merchant.Address, merchant.Phone, merchant.OpeningHours) = (address.Trim(), phone.Trim(), openingHours.Trim());
            audit.Write("merchant.changed", $"merchant:{merchant.Id:N}");
            return ListMerchants.Show(merchant);
        }

        private Task<bool> IsTaken(string name, Guid? but, CancellationToken cancel) =>
            db.Set<Merchant>().AnyAsync(m => m.Name == name && m.State != MerchantState.Left && m.Id != but, cancel);
    }
}
