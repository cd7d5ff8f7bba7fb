namespace Phoenix.Ledger.Verify;

/// <summary>What is wrong with a line, before it is known which line it is.</summary>
internal sealed record Finding(string Code, string English, string Chinese);

/// <summary>A line that can't be read. Never leaves <see cref="ExportReader"/>.</summary>
internal sealed class UnreadableLineException(Finding finding) : Exception
{
    public Finding Finding { get; } = finding;
}

/// <summary>Faults of the file as such: nothing is said yet about what it claims.</summary>
internal static class FormFindings
{
    public static Finding EmptyFile() => new("verify.empty", "The file is empty.", "文件是空的。");

    public static Finding LineTooLong() => new("verify.line_too_long", $"The line is longer than {VerifyOptions.MaxLineBytes} bytes.", $"这一行超过 {VerifyOptions.MaxLineBytes} 字节。");

    public static Finding NotJson() => new("verify.not_json", "The line is not one whole JSON object in UTF-8.", "这一行不是完整的 JSON 对象（UTF-8）。");

    public static Finding HeaderMissing() => new("verify.header_missing", "The first line is not the header of a phoenix-1 journal.", "第一行不是 phoenix-1 账本的文件头。");

    public static Finding FieldTwice(string field) => new("verify.field_twice", $"The field {field} occurs twice.", $"字段 {field} 出现了两次。");

    public static Finding FieldUnknown() => new("verify.field_unknown", "The line has a field that no hash covers.", "这一行有不在哈希范围内的字段。");

    public static Finding FieldMissing(string field) => new("verify.field_missing", $"The field {field} is missing.", $"缺少字段 {field}。");

    public static Finding FieldNotAllowed(string field) => new("verify.field_not_allowed", $"A posting of this kind has no {field}.", $"这类记录不应有字段 {field}。");

    public static Finding WrongType(string field) => new("verify.wrong_type", $"The field {field} has another JSON type than it must.", $"字段 {field} 的类型不对。");

    public static Finding OutOfRange(string field) => new("verify.out_of_range", $"The value of {field} is outside of what a journal can hold.", $"字段 {field} 的值超出范围。");

    public static Finding BadText(string field) => new("verify.bad_text", $"The text of {field} is not spelled as the canonical form wants it.", $"字段 {field} 的写法不合规范。");

    public static Finding KindUnknown() => new("verify.kind_unknown", "There is no such kind of posting.", "没有这种记录类型。");

    public static Finding TrailerMissing() => new("verify.trailer_missing", "The file ends without the signed trailer: lines may be missing at the end.", "文件末尾没有签名行，可能缺了最后的记录。");

    public static Finding AfterTrailer() => new("verify.after_trailer", "There is a line after the trailer.", "签名行之后还有内容。");
}

/// <summary>Faults of the chain and the signature.</summary>
internal static class ChainFindings
{
    public static Finding OtherCommunity(int expected) => new("verify.other_community", $"The line belongs to another community than the header's {expected}.", $"这一行不属于文件头所写的社区 {expected}。");

    public static Finding SeqWrong(long expected, long found) => new(
        "verify.seq_wrong",
        $"Seq {found} stands where {expected} must: a line was dropped, added, repeated or moved.",
        $"这里应是第 {expected} 笔，却是第 {found} 笔：有记录被删除、添加、重复或调换。");

    public static Finding ChainBroken() => new(
        "verify.chain_broken",
        "The hash is not that of this line's content after the line before: this line was changed, or the one before was replaced.",
        "哈希与内容及上一笔不符：这一笔被改过，或上一笔被替换。");

    public static Finding SinceMismatch(long after) => new(
        "verify.since_mismatch",
        $"The hash differs from the head known from earlier: a posting after seq {after} up to this one was rewritten.",
        $"哈希与以前公布的不同：第 {after} 笔之后到这一笔之间有记录被改写。");

    public static Finding SinceBeyondEnd(long seq) => new(
        "verify.since_beyond_end",
        $"The journal ends before seq {seq}, whose hash is known from earlier: postings were dropped at the end.",
        $"账本在第 {seq} 笔之前就结束了，而那一笔的哈希以前公布过：末尾有记录被删除。");

    public static Finding CommitMismatch() => new("verify.reason_changed", "The reason does not open its commitment.", "说明文字与承诺值不符，文字或盐值被改过。");

    public static Finding TrailerCount(long expected, long found) => new(
        "verify.trailer_count",
        $"The trailer counts {found} postings, the file has {expected}.",
        $"签名行写的是 {found} 笔，文件里有 {expected} 笔。");

    public static Finding TrailerHead() => new("verify.trailer_head", "The trailer names another head or stamp than the last posting's.", "签名行的哈希或时间与最后一笔不符。");

    public static Finding TrailerKey() => new("verify.trailer_key", "The trailer's key is no P-256 public key, or its id is not that key's.", "签名行的公钥不是 P-256 公钥，或与密钥编号不符。");

    public static Finding KeyUnexpected() => new("verify.key_unexpected", "The trailer is signed with another key than the one expected.", "签名用的不是指定的密钥。");

    public static Finding SignatureInvalid() => new("verify.signature_invalid", "The signature is not the key's over this trailer.", "签名无效：签名行被改过，或不是这把密钥签的。");
}
