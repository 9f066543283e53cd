using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OrleansBilling.Runtime.Journal;

namespace OrleansBilling.Gateway.Security;

/// <summary>
/// Gives ASP.NET Data Protection its keys from the database, where the master key encrypts them. Data Protection asks and stores without
/// awaiting: once at the start, then about once a day, and for a new key every 90 days.
/// </summary>
internal sealed class WrappedKeyRing(IKeyRing ring, MasterKey master) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(async () =>
        {
            var keys = await ring.ListAsync(CancellationToken.None);
            return keys.Where(key => key.Master == master.Name)
                .Select(key => XElement.Parse(Encoding.UTF8.GetString(master.Open(key.Id, key.Content))))
                .ToList();
        }).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(async () =>
        {
            var content = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
            await ring.AddAsync(new RingKey(friendlyName, master.Name, master.Wrap(friendlyName, content)), CancellationToken.None);
        }).GetAwaiter().GetResult();
}
