"""What the sheet of guidance says: how a sentence becomes a line, with examples.

Each line tells whether it is a title, then its cells.
"""

from __future__ import annotations

GUIDE_LINES: tuple[tuple[bool, str, str, str], ...] = (
    (True, "Trang", "Ghi gì", "Ví dụ"),
    (False, "Văn bản", "Mỗi dòng một mục của văn bản", "Số văn bản: 922/QĐ-UBND; Ngày ban hành: 21/03/2023"),
    (False, "Cam kết có số", "Mỗi con số một dòng; lời văn bản đứng cạnh con số", "1.280 HTX trở lên | ít nhất | 1280"),
    (False, "Cam kết không số", "Lời hứa không có con số", "Mở rộng quy mô các tổ chức kinh tế tập thể"),
    (
        False,
        "Nhiệm vụ",
        "Mỗi dòng của phụ lục một dòng, tên phần ghi ở dòng loại “phần”",
        "I | 1 | Kế hoạch tuyên truyền",
    ),
    (
        False,
        "Đơn vị",
        "Cách viết trong văn bản và cơ quan đó là gì; cơ quan chưa có thì khai ở đây",
        "Sở KHĐT | Sở Kế hoạch và Đầu tư",
    ),
    (
        False,
        "Chỉ tiêu mới",
        "Chỉ tiêu chưa có trong danh mục: tên, đơn vị, chiều tốt, loại số; còn lại có sẵn",
        "Số HTX có chứng nhận hữu cơ | HTX | càng cao càng tốt | số có tại một ngày",
    ),
    (True, "Lời văn bản", "Mức", "Con số"),
    (False, "ít nhất, tối thiểu, trở lên", "ít nhất", "Từ"),
    (False, "trên", "trên", "Từ"),
    (False, "khoảng 180-200", "từ … đến …", "Từ và Đến"),
    (False, "khoảng 65%", "khoảng", "Từ"),
    (False, "02, 100%, đều, con số để trần", "đúng bằng", "Từ (Đến để trống hoặc như Từ)"),
    (False, "không còn", "đúng bằng", "Từ: 0"),
    (False, "dưới", "dưới", "Đến"),
    (False, "không quá, tối đa", "không quá", "Đến"),
    (
        True,
        "Chưa rõ",
        "Văn bản không nói thì ghi: chưa rõ",
        "Số văn bản, điều khoản, thời hạn, năm mốc của cam kết không số",
    ),
    (False, "Ngày", "Chỉ biết tháng hoặc năm thì ghi tháng hoặc năm", "tháng 02/2023; năm 2023"),
    (
        False,
        "Ô trống",
        "Chưa ai nhập; không phải là văn bản không nói",
        "Ô “Đã nhập hết phụ lục nhiệm vụ” để trống là chưa nhập hết",
    ),
    (True, "Con số", "Gõ vào ô dạng số. Chữ như 50.000 hoặc 1,280 đọc được hai cách nên bị từ chối", "50000; 34,5"),
    (
        False,
        "Từ chỉ mức",
        "Đi theo cả danh sách cho đến khi gặp từ khác",
        "khoảng 1.200 THT, 180 HTX: cả hai là khoảng",
    ),
    (
        False,
        "Trong đó",
        "“Trong đó ít nhất 50% …”: ghi chỉ tiêu của nhóm ở cột Nằm trong nhóm",
        "Tổ chức hoạt động hiệu quả",
    ),
    (
        False,
        "Xác nhận",
        "Có trong bản nháp đọc từ văn bản: đúng, sửa (đã sửa lại cho đúng), bỏ. Dòng để trống chưa tính",
        "đúng",
    ),
)
